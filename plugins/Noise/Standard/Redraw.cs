namespace Sat.Noise.Standard;

enum Redraw
{
    AllClasses,
    OtherClasses,
}
