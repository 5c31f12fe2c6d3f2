"""Text sealed with a key that follows from SECRET_KEY: unreadable in the database, in a backup.

Keys of SECRET_KEY_FALLBACKS still open what they sealed, so that a secret can be rotated.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kit.exceptions import NotSealed


def seal(text: str) -> str:
    """The text, sealed with the present key; different at each call."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, now or with an earlier key. Raises NotSealed for anything else."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as refusal:
        raise NotSealed from refusal


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sealed text")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
