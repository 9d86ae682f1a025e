namespace Sat.Records.Data;

/// <summary>What systems and programs leave in people's folders: no part of any data.</summary>
public static class StrayFiles
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Thumbs.db",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        "desktop.ini",
        "Icon\r",
        "__MACOSX",
        "$RECYCLE.BIN",
        "RECYCLER",
        "System Volume Information",
        "lost+found",
        "@eaDir",
        "@Recycle",
        "@Recently-Snapshot",
        "#recycle",
        "#snapshot",
        "Network Trash Folder",
        "Temporary Items",
        "Picasa.ini",
        "WPSettings.dat",
        "IndexerVolumeGuid",
    };

    /// <summary>True for the name of a hidden file or folder (<c>.DS_Store</c>, <c>.ipynb_checkpoints</c>), and for those that systems
    /// leave behind.</summary>
    /// <param name="name">A file's or folder's name, without what it lies in.</param>
    public static bool Is(ReadOnlySpan<char> name)
    {
        if (name.StartsWith('.') || Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            return true;
        // What Windows notes of a file's origin, as other systems see it.
        return name.EndsWith(":Zone.Identifier", StringComparison.OrdinalIgnoreCase);
    }
}
