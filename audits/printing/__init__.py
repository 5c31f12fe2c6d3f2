"""The registers' columns, said once for their pages and their files."""
