/* js/portal */
