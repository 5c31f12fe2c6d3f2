"""The fictitious authority Aireborough, made for demonstrations and tests."""
