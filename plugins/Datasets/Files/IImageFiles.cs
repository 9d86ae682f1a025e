namespace Sat.Datasets.Files;

/// <summary>Files of images, wherever they lie; read from several threads at once.</summary>
interface IImageFiles : IDisposable
{
    /// <summary>Relative names, with <c>/</c>.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The folder or the archive.</summary>
    string Location { get; }

    /// <summary>The content of a file; its length is known.</summary>
    /// <exception cref="InvalidDataException">It is damaged in its archive.</exception>
    /// <exception cref="Sat.Records.SatException">It cannot be read, or changed while it was in use.</exception>
    Stream OpenRead(string name);
}
