using System.IO.Compression;
using System.Text.Json;

namespace Sat.Tool.Tests;

/// <summary>A NuGet server with the packages of a folder: as much of one as an install asks for, over real HTTP.</summary>
internal sealed class HttpFeed : IDisposable
{
    private readonly string _folder;
    private readonly StandIn _server;

    /// <param name="folder">Holds the packages.</param>
    /// <param name="answer">Another answer than a good server's; it is given what was asked, and may give none.</param>
    public HttpFeed(string folder, Func<Asked, Answer?>? answer = null)
    {
        _folder = folder;
        _server = new StandIn(asked => answer?.Invoke(asked) ?? Good(asked));
    }

    /// <summary>What stands in NuGet's configuration.</summary>
    public string Index => _server.Address + "v3/index.json";

    /// <summary>All that was asked, in order.</summary>
    public IReadOnlyList<Asked> Requests => _server.Requests;

    /// <summary>The packages that were asked for whole, as often as they were.</summary>
    public IReadOnlyList<string> Whole =>
        [.. _server.Requests.Where(r => IsPackage(r) && r is { From: null, Last: null }).Select(r => Name(r.Target))];

    /// <summary>The packages whose end was asked for.</summary>
    public IReadOnlyList<string> Ends => [.. _server.Requests.Where(r => IsPackage(r) && r.Last is not null).Select(r => Name(r.Target))];

    /// <summary>True for a request for a package, or for its end.</summary>
    public static bool IsPackage(Asked asked) => asked.Target.EndsWith(".nupkg", StringComparison.Ordinal);

    public void Dispose() => _server.Dispose();

    private static string Name(string target) => Path.GetFileNameWithoutExtension(target);

    private Answer Good(Asked asked)
    {
        var path = asked.Target.Trim('/').Split('/');
        return path switch
        {
            ["v3", "index.json"] => Json(
                new
                {
                    version = "3.0.0",
                    resources = new[]
                    {
                        Resource("registration/", "RegistrationsBaseUrl/3.6.0"),
                        Resource("flat/", "PackageBaseAddress/3.0.0"),
                    },
                }
            ),
            ["registration", var id, "index.json"] when Packages(id) is { Length: > 0 } packages => Json(
                new { count = 1, items = new[] { Page(packages) } }
            ),
            ["flat", var id, "index.json"] when Packages(id) is { Length: > 0 } packages => Json(
                new { versions = packages.Select(p => p.Version).ToArray() }
            ),
            ["flat", var id, var version, _] when Packages(id).FirstOrDefault(p => p.Version == version) is { } package => Answer.File(
                asked,
                File.ReadAllBytes(package.File)
            ),
            _ => Answer.Error("404 Not Found"),
        };
    }

    private Dictionary<string, object> Resource(string path, string type) => new() { ["@id"] = _server.Address + path, ["@type"] = type };

    private object Page(Package[] packages) =>
        new
        {
            count = packages.Length,
            lower = packages[0].Version,
            upper = packages[^1].Version,
            items = packages
                .Select(p => new
                {
                    catalogEntry = new
                    {
                        id = p.Id,
                        version = p.Version,
                        listed = true,
                        dependencyGroups = new[]
                        {
                            new
                            {
                                targetFramework = ".NETStandard2.0",
                                dependencies = p.Needs.Select(n => new { id = n.Id, range = $"[{n.Version}, )" }).ToArray(),
                            },
                        },
                    },
                    packageContent = $"{_server.Address}flat/{p.Id.ToLowerInvariant()}/{p.Version}/{p.Id.ToLowerInvariant()}.{p.Version}.nupkg",
                })
                .ToArray(),
        };

    private Package[] Packages(string id) =>
        [.. Directory.GetFiles(_folder, "*.nupkg").Select(Package.Read).Where(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase))];

    private static Answer Json(object content) =>
        new() { Body = JsonSerializer.SerializeToUtf8Bytes(content), Headers = ["Content-Type: application/json"] };

    private sealed record Package(string File, string Id, string Version, (string Id, string Version)[] Needs)
    {
        public static Package Read(string file)
        {
            using var archive = ZipFile.OpenRead(file);
            var nuspec = archive.Nuspec();
            return new Package(
                file,
                nuspec.Element("id")!.Value,
                nuspec.Element("version")!.Value,
                [.. nuspec.Descendants("dependency").Select(d => (d.Attribute("id")!.Value, d.Attribute("version")!.Value))]
            );
        }
    }
}
