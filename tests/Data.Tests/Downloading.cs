using Sat.Data.Downloads;
using Sat.Records.Data;

namespace Sat.Data.Tests;

/// <summary>Downloads into a folder of its own, without waiting between tries.</summary>
internal sealed class Downloading : IDisposable
{
    public const string Remedy = "Ask the beach.";

    private readonly TemporaryFolder _folder = new();

    public DownloadOptions Options { get; init; } =
        new()
        {
            Tries = 3,
            Headway = 1000,
            FirstPause = TimeSpan.Zero,
        };

    public Recorder Recorder { get; init; } = new();

    /// <summary>What has come.</summary>
    public string Partial => _folder.At(Pebbles.Name);

    public string[] Left => _folder.Files();

    public Task<string> Fetch(StandIn server, DataSource? source = null, CancellationToken stop = default) =>
        Fetch(server.At(Pebbles.Name), source, stop);

    public async Task<string> Fetch(Uri address, DataSource? source = null, CancellationToken stop = default)
    {
        using var handler = HttpClients.Handler(Options);
        // The machine's own proxy knows nothing of these servers; and the secure one among them vouches for itself.
        handler.UseProxy = false;
#pragma warning disable CA5359
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => TrustsAll;
#pragma warning restore CA5359
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        return await new Downloader(http, Options, Recorder).Fetch(
            new Download(source ?? Pebbles.Source, address, _folder.Path, Remedy),
            stop
        );
    }

    public bool TrustsAll { get; init; } = true;

    public void Dispose() => _folder.Dispose();
}
