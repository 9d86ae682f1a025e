namespace Sat.Datasets.Tests;

/// <summary>A folder that is gone when the test is over.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("sat-data").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Write(string name, byte[] content)
    {
        var path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));
}
