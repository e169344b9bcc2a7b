namespace Tame.IO;

/// <summary>The registrations by their descriptors, in pages: the system gives small numbers, but other code may have chosen large ones.</summary>
internal struct RegistrationPages()
{
    private const int Bits = 8;
    private const int PageSize = 1 << Bits;

    private Registration?[]?[] _pages = [];

    /// <summary>The number of registrations.</summary>
    public int Count { get; private set; }

    /// <summary>The registration of a descriptor, or null.</summary>
    public readonly Registration? Find(int fd)
    {
        int page = fd >> Bits;
        return (uint)page < (uint)_pages.Length && _pages[page] is { } registrations ? registrations[fd & (PageSize - 1)] : null;
    }

    /// <summary>Adds the registration of a descriptor that has none.</summary>
    public Registration Add(int fd)
    {
        int page = fd >> Bits;
        if (page >= _pages.Length)
            Array.Resize(ref _pages, Math.Max(page + 1, 2 * _pages.Length));
        var registrations = _pages[page] ??= new Registration?[PageSize];
        Count++;
        return registrations[fd & (PageSize - 1)] = new Registration(fd);
    }

    /// <summary>The next of the registrations in an endless round. There must be one.</summary>
    /// <param name="last">The place of the previous one.</param>
    public readonly Registration Next(ref int last)
    {
        while (true)
        {
            last++;
            int page = last >> Bits;
            if (page >= _pages.Length)
                last = page = 0;
            if (_pages[page] is not { } registrations)
                last |= PageSize - 1;
            else if (registrations[last & (PageSize - 1)] is { } registration)
                return registration;
        }
    }

    /// <summary>Removes the registrations that are free.</summary>
    public void RemoveFree()
    {
        int pages = 0;
        for (int page = 0; page < _pages.Length; page++)
        {
            if (_pages[page] is not { } registrations)
                continue;
            if (RemoveFree(registrations) == 0)
                _pages[page] = null;
            else
                pages = page + 1;
        }
        if (2 * pages < _pages.Length)
            Array.Resize(ref _pages, pages);
    }

    public void Clear() => (_pages, Count) = ([], 0);

    /// <summary>Returns the number of those that are left.</summary>
    private int RemoveFree(Registration?[] registrations)
    {
        int left = 0;
        for (int i = 0; i < registrations.Length; i++)
        {
            if (registrations[i] is not { } registration)
                continue;
            if (registration.Generation != 0)
            {
                left++;
                continue;
            }
            registrations[i] = null;
            Count--;
        }
        return left;
    }
}
