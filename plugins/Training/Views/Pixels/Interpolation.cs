namespace Sat.Training.Views.Pixels;

enum Interpolation
{
    Bicubic,
    Bilinear,
}
