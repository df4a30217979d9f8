"""What each level says, what lower ones may change, and bringing a change up."""
