// Two cores carry one system under load; what is to run side by side does so inside its own test.
[assembly: CollectionBehavior(MaxParallelThreads = 1)]
