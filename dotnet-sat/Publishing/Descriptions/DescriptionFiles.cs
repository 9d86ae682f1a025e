using System.Text;
using Sat.Records.Files;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Results;

namespace Sat.Publishing.Descriptions;

/// <summary>All files that describe a bundle. They are made of its records, its report and <see cref="BundleFacts"/> alone, so that a
/// reader can make them again.</summary>
internal static class DescriptionFiles
{
    private const string Study = "study.yaml";

    /// <summary>Writes them.</summary>
    /// <param name="folder">The bundle's files so far: plan, records, report.</param>
    /// <param name="facts">Who made what when.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="records">Its records.</param>
    /// <param name="document">Its results.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Write(
        string folder,
        BundleFacts facts,
        Plan plan,
        IReadOnlyList<RunRecord> records,
        ResultsDocument document
    )
    {
        List<string> names = [];
        if (plan.Study.Length > 0)
            Text(Study, plan.Study);
        Text(CitationFile.FileName, CitationFile.Of(facts, plan.Description));
        Text(Checklist.FileName, Checklist.Of(facts.Publication, plan, records));
        Bytes(UsedPlugin.FileName, UsedPlugin.File(records));
        foreach (var (name, text) in UsedDatasets.Of(records).Concat(ModelCard.Of(facts, document, records)))
            Text(name, text);
        // Last: it lists the others.
        Text(
            ResearchCrate.FileName,
            ResearchCrate.Of(
                facts,
                plan,
                records,
                [
                    .. FolderTree
                        .Files(folder)
                        .Select(f => f.Name)
                        .Where(f => f is not (ResearchCrate.FileName or BundleFacts.Manifest))
                        .Order(StringComparer.Ordinal)
                        .Select(f => (f, new FileInfo(Path.Combine(folder, f)).Length)),
                ]
            )
        );
        return names;

        void Text(string name, string text) => Bytes(name, Encoding.UTF8.GetBytes(text));

        void Bytes(string name, byte[] content)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            names.Add(name);
        }
    }
}
