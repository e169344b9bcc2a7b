namespace Demo;

public static partial class Arithmetic
{
    [Tamed] public static partial void Hash(int[] numbers, Event<int> done);

    private static void HashBody(int[] numbers, Event<int> done)
    {
        int hash = 17;
        unchecked
        {
            foreach (int number in numbers)
            {
                using (twait()) asap(mkevent());
                hash = hash * 31 + number;
            }

            checked
            {
                int length = numbers.Length + 1;
                if (hash + length > 0)
                    using (twait()) asap(mkevent());
            }
        }

        done.Trigger(hash);
    }
}
