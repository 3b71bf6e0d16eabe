"""The screen: app → screens → widgets; the only place that imports Textual and Rich."""
