# How pages look
look-title = Display settings
look-large = Larger text
look-usual = Usual text size
look-contrast = High contrast
look-soft = Turn off high contrast
look-about = “Larger text” and “High contrast” at the top of every page double the text size and make text stand out from its ground. A high-contrast setting of your own computer or telephone is followed as well.
