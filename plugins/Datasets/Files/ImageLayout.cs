namespace Sat.Datasets.Files;

enum ImageLayout
{
    Auto,
    ChannelsFirst,
    ChannelsLast,
}
