using System.Runtime.CompilerServices;
using CsCheck;

namespace Tame.Runtime.Tests.Events;

/// <summary>Finds the cell of an event by its number, however the numbers of one block are mixed with those of others.</summary>
public sealed class NumberTests
{
    [Fact]
    public void Each_number_leads_to_its_own_cell_and_to_no_other_use_of_it() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 40]).Array[1, 60].Array[1, 4].Sample(uses =>
        {
            using var loop = new EventLoop();
            var cells = new ExtraCells();
            var strangers = new List<long>();
            foreach (var steps in uses)
            {
                var added = new List<long>();
                foreach (var (others, count) in steps)
                {
                    if (others > 0)
                        strangers.Add(loop.Numbers.Reserve(others));
                    for (int i = 0; i < count; i++)
                    {
                        cells.Add(loop, out long number).Line = added.Count;
                        added.Add(number);
                    }
                }

                Assert.Equal(added.Count, cells.Count);
                for (int i = 0; i < added.Count; i++)
                    Assert.Equal(i, cells.Find(added[i]).Line);
                foreach (long stranger in strangers)
                    Assert.True(Unsafe.IsNullRef(ref cells.Find(stranger)));

                var hooks = new HookList();
                cells.CloseAll(loop, ref hooks);
                cells.Reset();
                strangers.AddRange(added);
                foreach (long stranger in strangers)
                    Assert.True(Unsafe.IsNullRef(ref cells.Find(stranger)));
            }
        }, iter: 300);
}
