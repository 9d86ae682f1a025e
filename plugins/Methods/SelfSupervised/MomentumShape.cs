namespace Sat.Methods.SelfSupervised;

enum MomentumShape
{
    Cosine,
    Constant,
}
