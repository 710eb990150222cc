"""What the app's tests share: base class and factories."""
