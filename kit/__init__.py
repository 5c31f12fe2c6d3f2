"""What any page, file or date needs and no record knows. Imports no other app."""
