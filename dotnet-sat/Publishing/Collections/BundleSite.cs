using Sat.Publishing.Bundles;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Reports.Claims;
using Sat.Reports.Rendering;
using Sat.Reports.Results;

namespace Sat.Publishing.Collections;

/// <summary>A static site of many bundles, for any web server that can serve files.</summary>
public static class BundleSite
{
    private const string Index = "index.html",
        Claims = "claims.json",
        Marker = ".sat-site",
        Archives = "bundles",
        Each = "claims";

    /// <summary>All that a site is made of, the index last. Other files of its folder, such as a CNAME, are the user's.</summary>
    private static readonly string[] Own = [Marker, Archives, Each, Claims, Index];

    /// <summary>Makes the site: an index by paper, table and verdict, each bundle's report and archive, and a JSON file a claim.</summary>
    /// <param name="bundles">The bundles.</param>
    /// <param name="paths">Their archives, in the same order.</param>
    /// <param name="title">What the site is called.</param>
    /// <param name="folder">Where. A site that is there is replaced once the new one is whole, and other files in it stay; another folder
    /// that is not empty is not touched.</param>
    /// <returns>The index, and how many claims it has.</returns>
    /// <exception cref="SatException">The folder holds something else (exit code 2), or cannot be written (exit code 5).</exception>
    public static (string Index, int Claims) Write(BundleSet bundles, IReadOnlyList<string> paths, string title, string folder)
    {
        ArgumentNullException.ThrowIfNull(bundles);
        folder = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, Marker)))
            throw new SatException(ExitCode.Planning, $"{folder} is not empty and no site of this tool: name another folder.");
        try
        {
            Directory.CreateDirectory(folder);
            // Beside what it replaces, so that files can be moved, and under a name that nothing has.
            var stage = Directory.CreateDirectory(Path.Combine(folder, $".sat-site-{Guid.NewGuid():N}")).FullName;
            try
            {
                var count = Fill(stage, bundles, paths, title);
                foreach (var name in Own)
                    Replace(Path.Combine(folder, name), Path.Combine(stage, name));
                return (Path.Combine(folder, Index), count);
            }
            finally
            {
                Directory.Delete(stage, recursive: true);
            }
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder, e, "make the site");
        }
    }

    private static void Replace(string old, string made)
    {
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
        if (Directory.Exists(made))
            Directory.Move(made, old);
        else
            File.Move(made, old, overwrite: true);
    }

    private static int Fill(string stage, BundleSet bundles, IReadOnlyList<string> paths, string title)
    {
        File.WriteAllText(Path.Combine(stage, Marker), "'dotnet sat site' made what lies here, and replaces it.\n");
        Directory.CreateDirectory(Path.Combine(stage, Each));
        List<PublishedBundle> published = [];
        List<ResultsDocument> documents = [];
        foreach (var ((name, bundle), path) in bundles.Bundles.Zip(paths))
        {
            var facts = bundle.ReadFacts();
            var results = SatJson.Read<ResultsDocument>(RegularFile.ReadAllBytes(Path.Combine(bundle.Folder, BundleNames.Results)));
            documents.Add(results);
            published.Add(
                new PublishedBundle(
                    name,
                    facts.Publication.Title,
                    string.Join(", ", facts.Publication.Authors.Select(a => a.Name)),
                    facts.Date,
                    results.Verdict.Headline,
                    ClaimReader.Of(name, results)
                )
            );
            var own = Path.Combine(stage, Archives, name);
            Directory.CreateDirectory(own);
            foreach (var file in BundleNames.Rendered.Where(f => File.Exists(Path.Combine(bundle.Folder, f))))
                File.Copy(Path.Combine(bundle.Folder, file), Path.Combine(own, file));
            File.Copy(path, own + ".zip");
        }
        Claim[] claims = [.. published.SelectMany(p => p.Claims).DistinctBy(c => c.Id)];
        foreach (var claim in claims)
            AtomicFile.Write(Path.Combine(stage, Each, $"{claim.Id}.json"), stream => SatJson.WriteIndented(stream, claim));
        AtomicFile.Write(Path.Combine(stage, Claims), stream => SatJson.WriteIndented(stream, claims));
        AtomicFile.Write(Path.Combine(stage, Index), stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            SitePage.Write(published, [.. documents.SelectMany(d => d.Metrics).DistinctBy(m => m.Name)], title, text);
        });
        return claims.Length;
    }
}
