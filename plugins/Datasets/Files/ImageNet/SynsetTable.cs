using Sat.Records.Matlab;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>The synsets of <c>meta.mat</c>, an array of structures in a MATLAB 5 file.</summary>
static class SynsetTable
{
    private const string Variable = "synsets";
    private const string NumberField = "ILSVRC2012_ID";
    private const string IdField = "WNID";
    private const string ChildrenField = "num_children";

    /// <summary>WordNet 3.0 has 82,115 synsets of nouns.</summary>
    private const int MostSynsets = 100_000;

    /// <summary>More than any table of the development kit holds.</summary>
    private const long MostBytes = 64 << 20;

    private const int MostIdBytes = 64;

    /// <exception cref="InvalidDataException">It is another file, or damaged.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static IReadOnlyList<Synset> Read(byte[] file)
    {
        IReadOnlyList<Synset>? synsets = null;
        MatFile.Read(
            new MemoryStream(file, writable: false),
            variable =>
            {
                if (variable is MatStructures { Name: Variable } table)
                    synsets ??= In(table);
            },
            MostBytes
        );
        return synsets ?? throw new InvalidDataException($"its meta.mat has no '{Variable}'");
    }

    private static List<Synset> In(MatStructures table)
    {
        foreach (var field in new[] { NumberField, IdField, ChildrenField })
        {
            if (!table.Fields.Contains(field))
                throw Lacks(field);
        }
        if (table.Count is < 0 or > MostSynsets)
            throw new InvalidDataException($"its meta.mat has more than {MostSynsets} synsets");
        var (numbers, ids, children) = (new Dictionary<long, long?>(), new Dictionary<long, string>(), new Dictionary<long, long?>());
        table.Read(
            (at, field, value) =>
            {
                switch (field, value)
                {
                    case (NumberField, MatArray array):
                        numbers[at] = Only(array);
                        break;
                    case (IdField, MatText text):
                        ids[at] = text.Read(MostIdBytes);
                        break;
                    case (ChildrenField, MatArray array):
                        children[at] = Only(array);
                        break;
                }
            }
        );
        var synsets = new List<Synset>();
        for (var at = 0L; at < table.Count; at++)
        {
            synsets.Add(
                new Synset(
                    checked((int)(numbers.GetValueOrDefault(at) ?? throw Lacks(NumberField))),
                    ids.GetValueOrDefault(at) ?? throw Lacks(IdField),
                    (children.GetValueOrDefault(at) ?? throw Lacks(ChildrenField)) == 0
                )
            );
        }
        return synsets;
    }

    private static long? Only(MatArray array) => array.Integers(1) is [var number] ? number : null;

    private static InvalidDataException Lacks(string field) => new($"the synsets of its meta.mat have no '{field}'");
}
