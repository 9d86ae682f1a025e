using Sat.Records.Data;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Pebbles;

public sealed class PebblesPlugin : IPlugin
{
    private static readonly DataLayout Layout = new()
    {
        Folder = "pebbles-bin",
        Files = ["train.bin", "test.bin"],
        Sources =
        [
            new DataSource
            {
                Name = "pebbles.tar.gz",
                // No such server: the tests name another.
                Address = "https://beach.invalid/pebbles.tar.gz",
                Bytes = 17_462,
                Sha256 = "ea0694edc3668d511a7751c361e6ca90a34f0dcc7008f2071fe3a530d5a7d27f",
            },
        ],
        Obtain = "Collect pebbles.tar.gz at the beach.",
        Terms = "Free for all.",
        Variants =
        [
            new DataVariant(
                "published",
                "As they lay there.",
                new Dictionary<string, string>
                {
                    ["train.bin"] = "39702e9a3475d363c411b1d0e06e238e19d85b1fef9b89b53c0ff238cfa72489",
                    ["test.bin"] = "bcb757c8c3154f7bec31158eb5ee72c95e14355051fc326187a124321b07cf69",
                }
            ),
        ],
    };

    public void Register(IPluginRegistry registry)
    {
        registry.AddDataset<PebblesOptions>(
            "pebbles",
            "Ninety-six dark and bright pebbles.",
            (context, _) => Open(context.Files),
            new ComponentDetails { Data = Layout }
        );
        registry.AddDataset<PebblesOptions>(
            "amber",
            "The same, which must not be passed on.",
            (context, _) => Open(context.Files),
            new ComponentDetails
            {
                Data = Layout with
                {
                    Sources = [Layout.Sources[0] with { Address = null }],
                    Obtain = "Ask the museum for pebbles.tar.gz: its licence forbids that others pass it on.",
                    Terms = null,
                },
            }
        );
    }

    private static ResidentDataset Open(DataFiles files) =>
        new(["dark", "bright"], null, Read(files, "train.bin"), Read(files, "test.bin"));

    /// <summary>Records of a label and 3 x 8 x 8 pixels.</summary>
    private static ResidentSplit Read(DataFiles files, string name)
    {
        const int record = 1 + 3 * 8 * 8;
        var bytes = files.ReadAllBytes(name);
        using var scope = NewDisposeScope();
        var records = tensor(bytes).reshape(-1, record);
        return new ResidentSplit(
            records.narrow(1, 1, record - 1).reshape(-1, 3, 8, 8).contiguous().MoveToOuterDisposeScope(),
            records.narrow(1, 0, 1).reshape(-1).to(ScalarType.Int64).MoveToOuterDisposeScope()
        );
    }
}

public sealed record PebblesOptions
{
    [Option("Folder with the files, or pebbles.tar.gz.", IsPath = true)]
    public string? Path { get; init; }
}
