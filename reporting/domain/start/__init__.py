"""Start pages: what waits for a person, made from the records their roles let them see.

Work lists are frozen dataclasses; templates only print them. `page.start_page` puts them together.
"""
