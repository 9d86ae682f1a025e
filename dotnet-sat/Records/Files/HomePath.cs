namespace Sat.Records.Files;

/// <summary>Paths from the home folder, as people write them where no shell expands them.</summary>
public static class HomePath
{
    /// <summary>The path with the home folder in the place of a <c>~</c> that is all of it or its first part; any other as it is.</summary>
    public static string Expand(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var beneath =
            path.StartsWith("~/", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.StartsWith(@"~\", StringComparison.Ordinal));
        if (path != "~" && !beneath)
            return path;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? path : Path.Join(home, path[1..]);
    }
}
