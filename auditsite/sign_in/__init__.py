"""Signing in: what allauth and axes are told, and how long one stays signed in."""
