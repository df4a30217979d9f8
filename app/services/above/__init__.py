"""What people of a place above communities do: they look at these side by side, and see to the rules of their layer."""
