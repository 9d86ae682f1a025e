using System.Runtime.InteropServices;
using Sat.Native;

const string Usage = """
    usage: Sat.Native collect --rid RID --torchsharp FOLDER [--libtorch FOLDER | --package FOLDER...] --out FOLDER --list FILE
           Sat.Native keep ASSEMBLY OUTPUT
    """;

if (args is ["keep", var assembly, var kept])
    return Run(() => Write(kept, beside => File.WriteAllBytes(beside, KeptArguments.Keep(File.ReadAllBytes(assembly)))));

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
if (
    args is not ["collect", ..]
    || args.Length % 2 == 0
    || options.Any(option => option.Key is not ("--rid" or "--torchsharp" or "--libtorch" or "--package" or "--out" or "--list"))
    || options.Any(option => option.Key != "--package" && option.Count() > 1)
    || options["--rid"].FirstOrDefault() is not { } rid
    || options["--torchsharp"].FirstOrDefault() is not { } torchSharp
    || options["--out"].FirstOrDefault() is not { } output
    || options["--list"].FirstOrDefault() is not { } list
)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

// A build that is stopped leaves no gigabytes behind.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return Run(() =>
{
    var folder = new NativeFolder(rid, Path.GetFullPath(output));
    torchSharp = Path.GetFullPath(torchSharp);
    var names = options["--package"].Select(Path.GetFullPath).ToList() is { Count: > 0 } packages
        ? folder.CollectCuda(torchSharp, packages, stop.Token)
        : folder.Collect([torchSharp, .. options["--libtorch"].Select(Path.GetFullPath)]);

    // Written last: a list that is there says that the folder is complete.
    Write(list, beside => File.WriteAllLines(beside, names));
    Console.WriteLine($"{names.Count} native libraries for {rid}: {output}");
});

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static int Run(Action work)
{
    try
    {
        work();
        return 0;
    }
    catch (Exception exception)
        when (exception is ElfRefusedException or IOException or UnauthorizedAccessException or InvalidDataException)
    {
        // The form in which MSBuild recognises an error.
        Console.Error.WriteLine($"Sat.Native : error SATNATIVE: {exception.Message}");
        return 1;
    }
    catch (OperationCanceledException)
    {
        return 1;
    }
}

// Whole or not at all, with other builds doing the same.
static void Write(string path, Action<string> write)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    var beside = $"{path}.{Guid.NewGuid():n}";
    write(beside);
    File.Move(beside, path, overwrite: true);
}
