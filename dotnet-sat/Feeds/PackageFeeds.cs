using System.Net;
using System.Net.Http.Headers;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Frameworks;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using Sat.Data.Progress;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Feeds;

/// <summary>The NuGet feeds of the user's configuration, with its credentials, proxies and source mapping.</summary>
public sealed class PackageFeeds : IDisposable
{
    private const int Tries = 3;

    private readonly IDataListener _listener;
    private readonly SourceRepository[] _feeds;
    private readonly PackageSourceMapping _mapping;
    private readonly SourceCacheContext _cache = new() { NoCache = true };

    /// <param name="sources">Feeds to ask instead of the configured ones: addresses, or folders of packages.</param>
    /// <param name="folder">Where the configuration is looked for, as <c>dotnet tool install</c> does.</param>
    /// <param name="listener">Hears of progress and retries.</param>
    /// <exception cref="SatException">The configuration is damaged, or names no feed (exit code 5).</exception>
    public PackageFeeds(IReadOnlyCollection<string> sources, string folder, IDataListener listener)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _listener = listener;
        try
        {
            var settings = Settings.LoadDefaultSettings(folder);
            _mapping = PackageSourceMapping.GetPackageSourceMapping(sources.Count == 0 ? settings : NullSettings.Instance);
            var configured = new PackageSourceProvider(settings).LoadPackageSources().ToArray();
            _feeds =
            [
                .. (sources.Count == 0 ? configured.Where(s => s.IsEnabled) : sources.Select(s => Named(s, configured))).Select(s =>
                    Repository.Factory.GetCoreV3(s)
                ),
            ];
        }
        catch (NuGetConfigurationException e)
        {
            throw new SatException(ExitCode.Environment, $"NuGet's configuration cannot be read: {e.Message.TrimEnd('.')}.", inner: e);
        }
        if (_feeds.Length == 0)
            throw new SatException(
                ExitCode.Environment,
                "NuGet's configuration names no feed: add one with 'dotnet nuget add source', or name one with --source."
            );
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    /// <summary>A package and all that it depends on which <paramref name="wanted"/> holds for, each in the lowest version that will
    /// do.</summary>
    /// <param name="id">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="wanted">Whether a package of an id is needed, too.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">No feed has one of them (exit code 5).</exception>
    public async Task<IReadOnlyList<FeedPackage>> Closure(string id, string version, Func<string, bool> wanted, CancellationToken stop)
    {
        var found = new Dictionary<string, FeedPackage>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<(string Id, NuGetVersion Version)>([(id, NuGetVersion.Parse(version))]);
        while (open.TryDequeue(out var next))
        {
            if (found.ContainsKey(next.Id))
                continue;
            var (info, address, feed) = await Find(next.Id, next.Version, stop);
            var http = address.IsFile ? null : await Http(feed, stop);
            var (tail, total) = http is null ? await Tail(address.LocalPath, stop) : await Tail(http, address, stop);
            found[next.Id] = new FeedPackage(
                info.Id,
                next.Version.ToNormalizedString(),
                address,
                feed,
                total,
                ZipTail.Files(tail, total) ?? new Dictionary<string, long>()
            );
            foreach (var dependency in info.Dependencies.Where(d => wanted(d.Id)))
                open.Enqueue((dependency.Id, dependency.VersionRange.MinVersion ?? throw NoVersion(info, dependency)));
        }
        return [.. found.Values];
    }

    /// <summary>A package without what it depends on.</summary>
    /// <param name="id">Its id, in any capitals.</param>
    /// <param name="version">Its version; null: the newest that is no preview, or the newest preview where there is no other.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">No feed has it, or its version is none (exit codes 5 and 2).</exception>
    public async Task<FeedPackage> Package(string id, string? version, CancellationToken stop)
    {
        if (version is not null && !NuGetVersion.TryParse(version, out _))
            throw new SatException(ExitCode.Planning, $"'{version}' is not a version: write one such as 1.2.0.");
        var wanted = version ?? (await Newest(id, stop)).ToNormalizedString();
        return (await Closure(id, wanted, _ => false, stop))[0];
    }

    /// <summary>The packages of a type whose id, title, tags or description hold a text.</summary>
    /// <param name="text">The text; empty: all of them.</param>
    /// <param name="type">The type of package.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <returns>Id, newest version and description, in the order of the feeds.</returns>
    /// <exception cref="SatException">No feed answers (exit code 5).</exception>
    public async Task<IReadOnlyList<(string Id, string Version, string Summary)>> Search(string text, string type, CancellationToken stop)
    {
        var found = new Dictionary<string, (string, string, string)>(StringComparer.OrdinalIgnoreCase);
        var silent = new List<string>();
        foreach (var feed in _feeds)
        {
            try
            {
                if (await feed.GetResourceAsync<PackageSearchResource>(stop) is not { } search)
                    continue;
                var filter = new SearchFilter(includePrerelease: true) { PackageType = type };
                foreach (var package in await search.SearchAsync(text, filter, skip: 0, take: 100, NullLogger.Instance, stop))
                    found.TryAdd(
                        package.Identity.Id,
                        (package.Identity.Id, package.Identity.Version.ToNormalizedString(), package.Description ?? "")
                    );
            }
            catch (NotSupportedException)
            {
                silent.Add($"{feed.PackageSource.Name} cannot be searched for plugins alone: it does not filter by the type of package");
            }
            catch (Exception e) when (IsConnection(e, stop))
            {
                silent.Add($"{feed.PackageSource.Name} did not answer ({Reason(e)})");
            }
        }
        foreach (var one in silent)
            _listener.Noted(one + ".");
        return silent.Count < _feeds.Length
            ? [.. found.Values]
            : throw new SatException(ExitCode.Environment, $"no feed could be searched: {string.Join("; ", silent)}.");
    }

    private async Task<NuGetVersion> Newest(string id, CancellationToken stop)
    {
        var (feeds, silent, all) = (Asked(id), new List<string>(), new SortedSet<NuGetVersion>());
        foreach (var feed in feeds)
        {
            try
            {
                if (await feed.GetResourceAsync<FindPackageByIdResource>(stop) is { } versions)
                    all.UnionWith(await versions.GetAllVersionsAsync(id, _cache, NullLogger.Instance, stop));
            }
            catch (Exception e) when (IsConnection(e, stop))
            {
                silent.Add($"{feed.PackageSource.Name} did not answer ({Reason(e)})");
            }
        }
        return all.LastOrDefault(v => !v.IsPrerelease)
            ?? all.LastOrDefault()
            ?? throw new SatException(
                ExitCode.Environment,
                $"no feed has {id}: {Where(feeds, silent)}. Name a feed that has it with --source."
            );
    }

    /// <summary>Downloads a package.</summary>
    /// <param name="package">Which.</param>
    /// <param name="folder">Where its file is put.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">It cannot be downloaded (exit code 5).</exception>
    /// <returns>Its file: that of the feed, where that is a folder.</returns>
    public async Task<string> Fetch(FeedPackage package, string folder, CancellationToken stop)
    {
        if (package.Address.IsFile)
            return package.Address.LocalPath;
        var path = Path.Combine(folder, package.FullName + ".nupkg");
        for (var left = Tries; ; left--)
        {
            try
            {
                await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
                var http = await Http(package.Feed, stop);
                return await http.ProcessStreamAsync(
                    new HttpSourceRequest(package.Address, NullLogger.Instance),
                    async body =>
                    {
                        var buffer = new byte[1 << 16];
                        Tell();
                        int read;
                        while ((read = await Read(body!, buffer, stop)) > 0)
                        {
                            await file.WriteAsync(buffer.AsMemory(0, read), stop);
                            Tell();
                        }
                        // Without a length in its head, an answer that breaks off looks like one that ends.
                        if (package.Bytes > 0 && file.Position != package.Bytes)
                            throw new HttpRequestException($"only {file.Position} of {package.Bytes} bytes came");
                        return path;

                        void Tell() =>
                            _listener.Progressed(
                                new DataProgress(DataStage.Downloading, package.Id, file.Position, package.Bytes > 0 ? package.Bytes : null)
                            );
                    },
                    NullLogger.Instance,
                    stop
                );
            }
            catch (Exception e) when (IsConnection(e, stop))
            {
                File.Delete(path);
                if (left == 1 || IsRefusal(e))
                    throw new SatException(
                        ExitCode.Environment,
                        $"{package.Address} could not be downloaded: {Reason(e)}. What was downloaded of other packages is kept, and the next try resumes from there.",
                        inner: e
                    );
                _listener.Noted($"{package.Address}: {Reason(e)}. Trying again.");
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
    }

    /// <summary>An error of the connection is told from one of the disk.</summary>
    private static async Task<int> Read(Stream body, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await body.ReadAsync(buffer, stop);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    private static PackageSource Named(string source, PackageSource[] configured) =>
        configured.FirstOrDefault(c => c.Name == source || c.Source == source)
        ?? new PackageSource(source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source));

    /// <summary>Asks one feed after the other.</summary>
    private async Task<(SourcePackageDependencyInfo Info, Uri Address, SourceRepository Feed)> Find(
        string id,
        NuGetVersion version,
        CancellationToken stop
    )
    {
        var silent = new List<string>();
        var others = new SortedSet<NuGetVersion>();
        var feeds = Asked(id);
        foreach (var feed in feeds)
        {
            try
            {
                if (
                    await feed.GetResourceAsync<DependencyInfoResource>(stop) is { } information
                    && await information.ResolvePackage(
                        new PackageIdentity(id, version),
                        FrameworkConstants.CommonFrameworks.Net80,
                        _cache,
                        NullLogger.Instance,
                        stop
                    )
                        is { DownloadUri: { } address } info
                )
                {
                    return (info, address, feed);
                }
                if (await feed.GetResourceAsync<FindPackageByIdResource>(stop) is { } versions)
                    others.UnionWith(await versions.GetAllVersionsAsync(id, _cache, NullLogger.Instance, stop));
            }
            catch (Exception e) when (IsConnection(e, stop))
            {
                silent.Add($"{feed.PackageSource.Name} did not answer ({Reason(e)})");
            }
        }
        var asked = Where(feeds, silent);
        throw new SatException(
            ExitCode.Environment,
            others.Count > 0
                ? $"no feed has {id} {version}, only {string.Join(", ", others.Reverse().Take(5))}: {asked}. Exactly that version is needed; name a feed that has it with --source."
                : $"no feed has {id} {version}: {asked}. Name a feed that has it with --source."
        );
    }

    /// <summary>The feeds that a package may come from, by NuGet's source mapping.</summary>
    private SourceRepository[] Asked(string id)
    {
        var mapped = _mapping.IsEnabled ? _mapping.GetConfiguredPackageSources(id) : null;
        return [.. _feeds.Where(f => mapped is null || mapped.Contains(f.PackageSource.Name))];
    }

    private static string Where(SourceRepository[] feeds, IEnumerable<string> silent) =>
        feeds.Length == 0
            ? "NuGet's source mapping has no feed for it"
            : $"looked in {string.Join(", ", feeds.Select(Name))}{string.Concat(silent.Select(s => $"; {s}"))}";

    private static string Name(SourceRepository feed) =>
        feed.PackageSource.Name == feed.PackageSource.Source
            ? feed.PackageSource.Source
            : $"{feed.PackageSource.Name} ({feed.PackageSource.Source})";

    private static async Task<HttpSource> Http(SourceRepository feed, CancellationToken stop) =>
        (await feed.GetResourceAsync<HttpSourceResource>(stop))?.HttpSource
        ?? throw new SatException(ExitCode.Environment, $"{Name(feed)} is not a feed that packages can be downloaded from.");

    private static SatException NoVersion(SourcePackageDependencyInfo info, PackageDependency dependency) =>
        new(ExitCode.Environment, $"{info.Id} {info.Version} depends on no exact version of {dependency.Id}: it is not TorchSharp's.");

    private static async Task<(byte[] Tail, long Total)> Tail(string path, CancellationToken stop)
    {
        await using var file = RegularFile.OpenRead(path);
        file.Seek(-Math.Min(file.Length, ZipTail.Length), SeekOrigin.End);
        var end = new byte[file.Length - file.Position];
        await file.ReadExactlyAsync(end, stop);
        return (end, file.Length);
    }

    private static async Task<(byte[] Tail, long Total)> Tail(HttpSource http, Uri address, CancellationToken stop)
    {
        HttpRequestMessage Request()
        {
            var request = HttpRequestMessageFactory.Create(HttpMethod.Get, address, NullLogger.Instance);
            request.Headers.Range = new RangeHeaderValue(null, ZipTail.Length);
            return request;
        }
        try
        {
            // A server that knows no ranges sends all of it: the length is told, and the rest is not read.
            return await http.ProcessResponseAsync(
                new HttpSourceRequest(Request),
                async response =>
                    response.StatusCode == HttpStatusCode.PartialContent
                        ? (await response.Content.ReadAsByteArrayAsync(stop), response.Content.Headers.ContentRange?.Length ?? 0)
                        : ((byte[])[], response.IsSuccessStatusCode ? response.Content.Headers.ContentLength ?? 0 : 0),
                NullLogger.Instance,
                stop
            );
        }
        catch (Exception e) when (IsConnection(e, stop))
        {
            throw new SatException(ExitCode.Environment, $"{address} cannot be reached: {Reason(e)}.", inner: e);
        }
    }

    private static bool IsConnection(Exception error, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && error
            is NuGetProtocolException
                or HttpRequestException
                or NotSupportedException
                or TimeoutException
                or OperationCanceledException
                or HttpIOException;

    /// <summary>True where a server has understood what was asked for, and will not give it the next time either.</summary>
    private static bool IsRefusal(Exception error) =>
        (error.GetBaseException() as HttpRequestException)?.StatusCode
            is >= HttpStatusCode.BadRequest
                and < HttpStatusCode.InternalServerError
                and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static string Reason(Exception error) => error.GetBaseException().Message.Trim().Split('\n')[0].TrimEnd('.', '\r');
}
