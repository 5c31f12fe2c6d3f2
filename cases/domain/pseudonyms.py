"""Study numbers: what stands for a case where nobody needs to know whose it is."""

import base64

from django.utils.crypto import salted_hmac

from cases.models import Case

LENGTH = 10


def study_number(case: Case) -> str:
    """The same for a case in every file of this installation; without its key it says nothing.

    From the record's key and not from the reference, so that a corrected reference changes nothing.
    """
    digest = salted_hmac("cases.study_number", str(case.public_id), algorithm="sha256").digest()
    return "N" + base64.b32encode(digest).decode()[: LENGTH - 1]
