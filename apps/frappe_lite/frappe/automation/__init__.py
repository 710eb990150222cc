"""What happens around documents by itself: versions, comments, assignments, tags, likes, notifications, error
log."""
