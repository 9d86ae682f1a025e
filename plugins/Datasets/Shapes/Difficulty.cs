namespace Sat.Datasets.Shapes;

enum Difficulty
{
    /// <summary>Light on dark, near the middle, turned a little: a small network generalises from a thousand images.</summary>
    Easy,

    /// <summary>Any colours, anywhere, turned at will: the same network learns a thousand images by heart and nothing else.</summary>
    Hard,
}
