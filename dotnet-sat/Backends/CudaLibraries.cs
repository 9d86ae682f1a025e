namespace Sat.Backends;

/// <summary>The libraries that libtorch for CUDA is not without.</summary>
public static class CudaLibraries
{
    private static readonly string[] Required = ["c10", "torch_cpu", "c10_cuda", "torch_cuda"];

    /// <summary>The names, without their endings, of those that are not among some files.</summary>
    /// <param name="rid">The platform.</param>
    /// <param name="files">Names or paths of the files.</param>
    public static IReadOnlyList<string> Missing(string rid, IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(rid);
        var have = files.Select(f => Path.GetFileNameWithoutExtension(f)!).ToHashSet(StringComparer.Ordinal);
        var prefix = rid.StartsWith("win", StringComparison.Ordinal) ? "" : "lib";
        return [.. Required.Select(n => prefix + n).Where(n => !have.Contains(n))];
    }
}
