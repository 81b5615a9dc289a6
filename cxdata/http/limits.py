"""The limits of the addresses: how much a request may carry, how much is rendered and kept, how long anybody waits."""

QUERY_BYTES = 4096
"""The longest query string of an address."""

UPLOADED_BYTES = 200 * 2**20
"""The files of an editor's session together."""

PICTURE_BYTES = 10 * 2**20
"""The files of an editor's session in the studio together: pictures to be opened again."""

READER_PICTURE_BYTES = 2 * 2**20
"""Those of a reader's session: one picture, however sharp. A bundle opens by the pictures in it."""

SESSIONS_PERMITTED = 10_000
"""Sessions whose permission to upload is remembered; the oldest lose it first."""

RENDERS_AT_ONCE = 2
RENDERS_WAITING = 48
"""Renders that may wait for a worker. Two readers who open a cold gallery ask for so many at once."""

RENDER_SECONDS = 25.0
"""How long a request waits for its file."""

PICTURES_OF_PROCESS = 200
"""Pictures after which the process that makes them is replaced."""

IDLE_SECONDS = 60.0
"""How long a process that makes pictures waits for the next before it ends. It holds as much memory as the server."""

BUNDLES_WAITING = 8
"""Bundles that may wait while one is made: a bundle takes seconds, and pictures must not wait for it."""

BUNDLES_OF_CLIENT = 3
"""Bundles that one client may wait for."""

BUNDLE_SECONDS = 60.0
"""How long a request waits for a bundle, and how long a bundle may take."""

KEPT_BYTES = 64 * 2**20
"""Rendered files in memory; a file of more than a quarter of this is never kept."""

FRESH_SECONDS = 300
"""How long a browser or a proxy shows a file without asking again."""

STALE_SECONDS = 86_400
"""How long a blog may show the old picture while it fetches the new one."""

PROXY_SESSION_SECONDS = 300.0
"""After how long a session connects again whose person a proxy names, so that the proxy is asked again."""

RUN_SECONDS = 60.0
"""How much longer it may last to let a page that runs come to its end."""

RETRY_SECONDS = {"busy": 5, "slow": 10, "unavailable": 60}
"""When to ask again, by what went wrong."""
