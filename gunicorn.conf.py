"""How gunicorn serves, wherever it is started in this folder; what is decided elsewhere is off."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
threads = 8
loglevel = "warning"
# The program writes its own line of each request: an address may say too much.
accesslog = None
# Which header says https is decided by PROXY_SSL_HEADER alone.
secure_scheme_headers = {}
control_socket_disable = True
