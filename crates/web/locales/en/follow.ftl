# Conditions, what changed since the last visit, word to open pages
filter-title = Narrow the list
filter-left = { $n ->
    [one] { $n } petition
   *[other] { $n } petitions
}
filter-unit = Department
filter-handler = Handler
filter-kind = Kind
filter-service = Service
filter-life = State
filter-entry = Filed by
filter-due = Due
filter-all = All
filter-show = Show
filter-clear = Clear
filter-name = Name of the condition
filter-keep = Keep this condition
filter-kept = Kept conditions
filter-begins = the list begins with it
filter-begin = Begin with it
filter-begin-of = Begin with { $name }
filter-unbegin = Do not begin with it
filter-unbegin-of = Do not begin with { $name }
filter-forget = Delete
filter-forget-of = Delete { $name }
when-overdue = overdue
when-today = by today
when-week = within five working days
office-done-filter-kept = The condition is kept.
office-done-filter-full = You can keep 20 conditions. Delete one you do not use, then keep this one again.
office-done-filter-nameless = Please give the condition a name.
office-done-filter-unfit = The name is too long or holds characters that cannot be kept. It may have 40 characters.
office-done-filter-begins = The work list begins with this condition.
office-done-filter-begins-not = The work list begins without a condition.
office-done-filter-forgotten = The condition is deleted.
office-done-news-seen = All confirmed.
news-title = Changed since your last visit
news-since = since { $when }
news-confirm = Confirm all
news-hint = What others did to petitions that are yours or your department’s. After you confirm, it is gathered anew.
news-none = Nothing has changed.
news-more = The 50 petitions that changed last are shown.
pulse-list = { $n ->
    [one] { $n } petition has changed.
   *[other] { $n } petitions have changed.
}
pulse-case = Something new happened to this petition.
pulse-reload = Read the page anew
