"""Who: people as articles name them, the posts they hold and what they do there, as rows with a place in the text."""
