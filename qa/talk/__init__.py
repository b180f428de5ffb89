"""Parts of `qa.conversation`: follow-ups made whole, by rule."""
