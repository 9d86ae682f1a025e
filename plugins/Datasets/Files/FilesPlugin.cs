using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Files;

public sealed class FilesPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddDataset<ImageFolderOptions>(
            "image-folder",
            "A folder of images: train/CLASS/* and test/CLASS/* (or val/CLASS/*), cut to squares.",
            (context, options) => ImageFolder.Open(context.Files, options),
            new ComponentDetails { Reads = ImageFolder.Reads }
        );
        registry.AddDataset<NpzOptions>(
            "npz",
            "A NumPy archive with arrays of images and labels, for training and testing.",
            (context, options) => NpzArchive.Open(context.Files, options),
            new ComponentDetails { Reads = new FileSelection { OneFile = true } }
        );
    }
}
