#!/usr/bin/env python3
"""Ends with 0 when the web server on this machine answers /health/ as it should."""

import os
import sys
import urllib.request

host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip()
address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/health/"
asked = urllib.request.Request(address, headers={"Host": host})
try:
    answer = urllib.request.urlopen(asked, timeout=5)
except OSError as problem:
    sys.exit(f"The web server does not answer as it should: {problem}")
sys.exit(answer.status != 204)
