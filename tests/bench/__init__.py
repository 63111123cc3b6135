"""What the bench computes; what it measures is no test's business."""
