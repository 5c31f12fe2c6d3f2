"""What accounts puts on paper: the mails that people receive."""
