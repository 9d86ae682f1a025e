using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

/// <summary>Short ways to open a dataset.</summary>
static class Datasets
{
    public static DataLayout Layout(string id) => TestedPlugins.Host.Catalog.Find(ComponentKind.Dataset, id)!.Schema.Data!;

    /// <summary>Opens a dataset of published files.</summary>
    public static IDataset Published(string id, string location, JsonObject? options = null) =>
        Open(id, options, DataFiles.Find(id, Layout(id), location));

    /// <summary>Opens a dataset of a person's own files.</summary>
    public static IDataset Own(string id, string location, JsonObject? options = null) => Open(id, options, Files(id, location));

    /// <summary>What planning hashes of a person's own files, and the dataset is given.</summary>
    public static DataFiles Files(string id, string location) =>
        DataFiles.At(id, location, TestedPlugins.Host.Catalog.Find(ComponentKind.Dataset, id)!.Schema.Reads);

    /// <param name="id">The dataset.</param>
    /// <param name="options">Its options.</param>
    /// <param name="files">Its files.</param>
    /// <param name="threads">Threads that decode; null: as many as there are processors.</param>
    public static IDataset Open(string id, JsonObject? options, DataFiles files, int? threads = null)
    {
        var paths = files.Location.Length == 0 ? new Dictionary<string, string>() : new() { ["path"] = files.Location };
        var context = new DatasetContext(files);
        return TestedPlugins.Host.OpenDataset(
            new ComponentSpec { Id = id, Options = options ?? [] },
            paths,
            threads is { } given ? context with { LoaderThreads = given } : context
        );
    }

    public static SatException Refused(Func<IDataset> open, params string[] said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => open().Dispose());
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        foreach (var text in said)
            Assert.Contains(text, error.Message);
        return error;
    }

    public static byte[] Images(ISplit split) => ((ResidentSplit)split).Images.bytes.ToArray();

    public static long[] Labels(ISplit split) => split.Labels!.data<long>().ToArray();
}
