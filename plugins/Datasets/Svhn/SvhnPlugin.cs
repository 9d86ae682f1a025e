using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Svhn;

public sealed class SvhnPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        Add(
            registry,
            "svhn",
            "SVHN: 73,257 + 26,032 digits of house numbers, cropped to 32 x 32 pixels in colour, ten classes.",
            SvhnFiles.Basic,
            [SvhnFiles.Train],
            73_257
        );
        // A dataset of its own: a run is made of all files of its dataset, and few want these 1.3 GB.
        Add(
            registry,
            "svhn-extra",
            "SVHN with its 531,131 further, easier digits behind the 73,257 training digits; the same 26,032 test digits.",
            SvhnFiles.WithExtra,
            [SvhnFiles.Train, SvhnFiles.Extra],
            604_388
        );
    }

    private static void Add(IPluginRegistry registry, string id, string summary, DataLayout layout, string[] train, long samples) =>
        registry.AddDataset<SvhnOptions>(
            id,
            summary,
            (context, _) => new SvhnReader(context.Files).Open(train),
            new ComponentDetails
            {
                Paper =
                    "Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Ng, Reading Digits in Natural Images with Unsupervised Feature Learning, 2011",
                Data = layout,
                TrainingSamples = samples,
            }
        );
}
