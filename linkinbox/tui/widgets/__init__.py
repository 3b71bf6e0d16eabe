"""What is painted: each widget is given data by its screen and posts messages; none reaches for the app."""
