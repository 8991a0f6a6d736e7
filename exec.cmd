@rem `npm start` says `exec node …` so that signals to npm reach our program; Windows has no exec, this stands in for it.
@%*
