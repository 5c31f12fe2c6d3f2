"""Spreadsheets that people bring: read safely, and what is wrong with them said line by line."""
