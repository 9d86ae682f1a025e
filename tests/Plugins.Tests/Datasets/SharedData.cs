using System.ComponentModel;
using System.Diagnostics;

namespace Sat.Datasets.Tests;

/// <summary>Real images, where they are at hand: in the folder that SAT_SHARED names, or in a folder "shared" beside the
/// repository.</summary>
static class SharedData
{
    /// <summary>The path of a data file; the test is inconclusive without it.</summary>
    public static string Find(string name)
    {
        if (Places.SharedData is { } data && Path.Combine(data, name) is var path && File.Exists(path))
            return path;
        Assert.Inconclusive($"needs the real images of {name}, which are not here: set SAT_SHARED to the folder that has data/{name}");
        return "";
    }

    /// <summary>Unpacks an archive; the test is inconclusive where the system cannot.</summary>
    public static string Unpack(string name, string folder)
    {
        var archive = Find(name);
        try
        {
            using var tar = Process.Start(
                new ProcessStartInfo("tar", ["-xf", archive, "-C", folder]) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            var error = tar.StandardError.ReadToEnd();
            tar.WaitForExit();
            if (tar.ExitCode != 0)
                Assert.Inconclusive($"tar cannot unpack {name}: {error}");
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive($"needs the program tar to unpack {name}");
        }
        return folder;
    }
}
