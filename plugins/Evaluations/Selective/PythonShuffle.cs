namespace Sat.Evaluations.Selective;

/// <summary>Python's <c>random.seed</c> and <c>random.shuffle</c>, which decide what the published code evaluates on.</summary>
static class PythonShuffle
{
    /// <summary>Where each entry of a shuffled list comes from: <c>shuffled[i] = original[result[i]]</c>.</summary>
    /// <param name="count">Length of the list.</param>
    /// <param name="seed">What <c>random.seed</c> is given; at least 0.</param>
    public static int[] Permutation(int count, uint seed)
    {
        var twister = new MersenneTwister(seed);
        var positions = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = twister.Below(i + 1);
            (positions[i], positions[j]) = (positions[j], positions[i]);
        }
        return positions;
    }

    /// <summary>MT19937, seeded by an array of one number (Matsumoto, Nishimura, 1998).</summary>
    sealed class MersenneTwister
    {
        const int Length = 624;
        const int Shift = 397;

        readonly uint[] _state = new uint[Length];
        int _next = Length;

        public MersenneTwister(uint seed)
        {
            _state[0] = 19650218;
            for (var i = 1u; i < Length; i++)
                _state[i] = (1812433253 * Folded(i - 1)) + i;
            var at = 1;
            for (var k = 0; k < Length; k++)
            {
                _state[at] = (_state[at] ^ (Folded((uint)at - 1) * 1664525)) + seed;
                at = Advance(at);
            }
            for (var k = 0; k < Length - 1; k++)
            {
                _state[at] = (_state[at] ^ (Folded((uint)at - 1) * 1566083941)) - (uint)at;
                at = Advance(at);
            }
            _state[0] = 0x80000000;
        }

        /// <summary>A number in [0, <paramref name="bound"/>).</summary>
        public int Below(int bound)
        {
            var bits = 32 - int.LeadingZeroCount(bound);
            uint drawn;
            do drawn = Next() >> (32 - bits);
            while (drawn >= bound);
            return (int)drawn;
        }

        uint Folded(uint at) => _state[at] ^ (_state[at] >> 30);

        int Advance(int at)
        {
            if (at + 1 < Length)
                return at + 1;
            _state[0] = _state[Length - 1];
            return 1;
        }

        uint Next()
        {
            if (_next == Length)
                Twist();
            var y = _state[_next++];
            y ^= y >> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            return y ^ (y >> 18);
        }

        void Twist()
        {
            for (var i = 0; i < Length; i++)
            {
                var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
                _state[i] = _state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
            }
            _next = 0;
        }
    }
}
