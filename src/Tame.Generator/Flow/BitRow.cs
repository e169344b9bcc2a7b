namespace Tame.Generator.Flow;

/// <summary>A set of small numbers.</summary>
internal readonly struct BitRow
{
    private readonly ulong[] _words;

    public BitRow(int count) => _words = new ulong[(count + 63) / 64];

    public bool this[int index] => (_words[index >> 6] & (1UL << (index & 63))) != 0;

    public void Add(int index) => _words[index >> 6] |= 1UL << (index & 63);

    public void Remove(int index) => _words[index >> 6] &= ~(1UL << (index & 63));

    public void Clear() => Array.Clear(_words, 0, _words.Length);

    /// <summary>Returns true if this added anything.</summary>
    public bool Add(BitRow other)
    {
        var grown = false;
        for (var i = 0; i < _words.Length; i++)
        {
            var word = _words[i] | other._words[i];
            grown |= word != _words[i];
            _words[i] = word;
        }

        return grown;
    }

    public void AddExcept(BitRow other, BitRow except)
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] |= other._words[i] & ~except._words[i];
    }
}
