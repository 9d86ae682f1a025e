using System.Collections;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Publishing.Privacy;

/// <summary>What this machine and this user would not have published.</summary>
public static class PrivateValues
{
    /// <summary>Shorter texts stand in every file by chance.</summary>
    private const int ShortestSecret = 6;

    /// <summary>Accounts that many machines have, and whose names say nothing of a person.</summary>
    private static readonly string[] Common = ["root", "admin", "user", "localhost"];

    /// <summary>Collects them from the environment.</summary>
    /// <param name="folders">Folders whose paths are private: outputs, data.</param>
    public static IReadOnlyList<PrivateValue> Read(params IEnumerable<string> folders) =>
        From(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            Environment.UserName,
            Environment.MachineName,
            folders.Select(Path.GetFullPath),
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(v => KeyValuePair.Create((string)v.Key, v.Value as string ?? ""))
        );

    /// <summary>The machines and folders that the records of an output folder name: others' than this machine's, too.</summary>
    /// <param name="outputFolder">The folder.</param>
    /// <param name="plan">Its plan.</param>
    internal static IEnumerable<PrivateValue> OfRecords(string outputFolder, Plan plan)
    {
        var records = plan.Runs.Select(r => RunFolder.For(outputFolder, r.Id).ReadRecord()).OfType<RunRecord>().ToArray();
        var machines = records.Select(r => r.Environment?.Machine).OfType<string>().Where(IsTelling);
        var folders = records
            .SelectMany(r => r.Locations.Values)
            .Concat(plan.Runs.SelectMany(r => r.Request.Locations.Values))
            .Select(f => f.TrimEnd('/', '\\'))
            .Where(f => f.Length > 1 && f.AsSpan(1).IndexOfAny('/', '\\') >= 0);
        return machines
            .Select(m => new PrivateValue("the name of the machine", m))
            .Concat(folders.Select(f => new PrivateValue("the path of a folder", f)))
            .Distinct();
    }

    /// <summary>Collects them.</summary>
    internal static IReadOnlyList<PrivateValue> From(
        string home,
        string user,
        string host,
        IEnumerable<string> folders,
        IEnumerable<KeyValuePair<string, string>> variables
    )
    {
        var values = folders.Where(f => f.Length > 1).Select(f => new PrivateValue("the path of a folder", f)).ToList();
        if (home.Length > 1)
            values.Add(new PrivateValue("the home folder", home));
        if (IsTelling(user))
            values.Add(new PrivateValue("the user's name", user));
        if (IsTelling(host))
            values.Add(new PrivateValue("the name of the machine", host));
        values.AddRange(
            variables
                .Where(v => IsSecret(v.Key) && v.Value.Length >= ShortestSecret)
                .Select(v => new PrivateValue($"the value of {v.Key}", v.Value))
        );
        return values;
    }

    private static bool IsTelling(string name) => name.Length > 2 && !Common.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsSecret(string name) =>
        name.EndsWith("_TOKEN", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_KEY", StringComparison.OrdinalIgnoreCase)
        || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase)
        || name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase);
}
