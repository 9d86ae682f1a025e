using Sat.Native;

const string Usage =
    "usage: Sat.Native collect --rid RID --torchsharp FOLDER [--libtorch FOLDER] --out FOLDER --list FILE";

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 1; i + 1 < args.Length; i += 2)
    options[args[i]] = args[i + 1];
if (args is not ["collect", ..]
    || args.Length % 2 == 0
    || options.Keys.Except(["--rid", "--torchsharp", "--libtorch", "--out", "--list"], StringComparer.Ordinal).Any()
    || !options.TryGetValue("--rid", out var rid)
    || !options.TryGetValue("--torchsharp", out var torchSharp)
    || !options.TryGetValue("--out", out var output)
    || !options.TryGetValue("--list", out var list))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    var folder = new NativeFolder(rid, Path.GetFullPath(output));
    string[] packages = options.TryGetValue("--libtorch", out var libTorch) ? [torchSharp, libTorch] : [torchSharp];
    var names = folder.Collect(packages.Select(Path.GetFullPath));

    // Written last: a list that is there says that the folder is complete.
    var beside = $"{list}.{Guid.NewGuid():n}";
    File.WriteAllLines(beside, names);
    File.Move(beside, list, overwrite: true);
    Console.WriteLine($"{names.Count} native libraries for {rid}: {output}");
    return 0;
}
catch (Exception exception) when (exception is ElfRefusedException or IOException or UnauthorizedAccessException)
{
    // The form in which MSBuild recognises an error.
    Console.Error.WriteLine($"Sat.Native : error SATNATIVE: {exception.Message}");
    return 1;
}
