# Proofs to keep
roots-file = Download the roots file
roots-keep = Keep this file, and you can check later yourself that no record was changed.
proof-title = Download the proof
proof-text = You can keep a file that proves that the paper you checked lies under a published root. Together with the roots file it can be checked without this website.
proof-button = Download the proof
proof-first = Please check the paper above first. Roots are published once a day.
proof-none = There is no proof of this paper yet. Please check what you typed, or try again the day after the next root is published.
